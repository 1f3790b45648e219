"""Rows of sheets, batches, versions and figures of the survey, and of its open pages."""

import uuid

from django.utils import timezone

from servicedesk.choices import Role
from surveys.choices import Care, Channel
from surveys.models import SurveyAnswer, SurveyBatch, SurveySheet, SurveyVersion
from tests.access.row import Row, everyone, only
from tests.access.world import thing

ENTERS = (Role.CLERK, Role.CUSTODIAN, Role.FOREMAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*ENTERS, Role.DUTY_MANAGER)
LEADS = (Role.SUPERVISOR, Role.MANAGER)
READS = (*LEADS, Role.DUTY_MANAGER)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record
KEY = uuid.UUID(int=7)


@thing
def survey_batch(world) -> SurveyBatch:
    return SurveyBatch.objects.create(
        number="FJ-20260101-901", service_point=world.point, created_at=timezone.now(), created_by=world.clerk,
        survey_version=SurveyVersion.current(), on=timezone.localdate(), zone=world.zone, count=3, first=901,
        handed_out_by=world.clerk, first_number="WJ-20260101-901",
    )


@thing
def survey_sheet(world) -> SurveySheet:
    version = SurveyVersion.current()
    sheet = SurveySheet.objects.create(
        number="WJ-20260101-901", service_point=world.point, created_at=timezone.now(), survey_version=version,
        channel=Channel.QR, answered_at=timezone.now(), code=world.visitor_code, zone=world.zone, posted_key=KEY,
        overall=2, lowest=1, nps=3, origin="上海", comment="厕所没纸", visitor_name="王女士", phone="13800001234",
        may_call=True, care=Care.WAITING, batch=world.survey_batch,
    )
    SurveyAnswer.objects.create(sheet=sheet, item=version.items.first(), score=1)
    return sheet


def _open(name: str, *args, get: int = 200, **more) -> Row:
    return Row(f"surveys:{name}", ("@visitor_code.code", *args), is_open=True, get=everyone(get), **more)


ROWS = [
    _open("survey_answer", post=everyone(422)),
    _open("survey_start"),
    _open("survey_thanks", KEY),

    Row("surveys:surveysheet_list", get=only(200, *SEES)),
    Row("surveys:surveysheet_export", get=only(200, *LEADS), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("surveys:surveysheet_bulk", post=only(404, *SEES)),
    Row("surveys:surveysheet_detail", ("@survey_sheet",), of_desk=True, get=only(200, *SEES)),
    Row("surveys:surveysheet_create", get=only(200, *ENTERS), post=only(422, *ENTERS)),
    Row("surveys:surveysheet_pass_on", ("@survey_sheet",), of_desk=True, post=only(302, *LEADS)),
    Row("surveys:surveysheet_drop", ("@survey_sheet",), of_desk=True, get=only(200, *LEADS), post=only(302, *LEADS),
        data=REASON),
    Row("surveys:surveysheet_void", ("@survey_sheet",), of_desk=True, get=only(200, Role.MANAGER),
        post=only(302, Role.MANAGER), data=REASON),
    Row("surveys:surveysheet_reveal", ("@survey_sheet",), of_desk=True, get=only(200, *LEADS), post=only(200, *LEADS),
        data=REASON),

    Row("surveys:surveybatch_list", get=only(200, *SEES)),
    Row("surveys:surveybatch_export", get=only(200, *LEADS), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("surveys:surveybatch_bulk", post=only(404, *SEES)),
    Row("surveys:surveybatch_detail", ("@survey_batch",), of_desk=True, get=only(200, *SEES)),
    Row("surveys:surveybatch_create", get=only(200, *ENTERS), post=only(422, *ENTERS)),

    Row("surveys:surveyversion_list", get=only(200, Role.MANAGER)),
    Row("surveys:surveyversion_create", get=only(200, Role.MANAGER), post=only(422, Role.MANAGER)),
    Row("surveys:results", get=only(200, *READS)),
    Row("surveys:results_export", get=only(200, *LEADS), **EXPORTED),
]
