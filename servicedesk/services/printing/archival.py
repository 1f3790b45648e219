"""PDF/A-3b: what a PDF needs so that it can be read as it is in thirty years.

The papers bring what costs most already: every font is embedded, nothing is read from outside, nothing runs.
"""

import datetime as dt
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pikepdf

CREATOR = "游客服务台"
# The profile that WeasyPrint brings for its own archival papers.
PROFILE = ("weasyprint.pdf", "sRGB2014.icc")


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return files(PROFILE[0]).joinpath(PROFILE[1]).read_bytes()


def make_archival(pdf: pikepdf.Pdf, title: str, at: dt.datetime) -> None:
    """Add what makes a document PDF/A-3b: the meaning of its colours, its description, its language."""
    pdf.Root["/Lang"] = pikepdf.String("zh-CN")
    pdf.Root["/OutputIntents"] = pikepdf.Array([pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFA1, OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_stream(_profile(), N=3, Alternate=pikepdf.Name.DeviceRGB),
    )])
    _leave_pictures_as_they_are(pdf)
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):  # type: ignore[union-attr]
            # A link must be printed.
            note["/F"] = 4
    _describe(pdf, title, at)


def _leave_pictures_as_they_are(pdf: pikepdf.Pdf) -> None:
    """A picture may not be smoothed by whoever shows it; nor its mask, nor one in a drawing."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Interpolate"):
            each["/Interpolate"] = False


def _describe(pdf: pikepdf.Pdf, title: str, at: dt.datetime) -> None:
    moment = at.astimezone(dt.UTC).replace(microsecond=0)
    pdf.docinfo["/Title"], pdf.docinfo["/Creator"] = title, CREATOR
    stamp = f"D:{moment:%Y%m%d%H%M%S}+00'00'"
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = pikepdf.String(stamp)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = title
        meta["xmp:CreatorTool"] = CREATOR
        meta["xmp:CreateDate"] = meta["xmp:ModifyDate"] = moment.isoformat()
        meta["pdfaid:part"], meta["pdfaid:conformance"] = "3", "B"


def save_archival(pdf: pikepdf.Pdf, path: Path) -> None:
    """Write it: the same content gives the same bytes."""
    pdf.save(
        path, min_version="1.7", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
