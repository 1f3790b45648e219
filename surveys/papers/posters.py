"""The poster of the survey."""

from servicedesk.services.printing.posters import Poster, add_poster

SURVEY_POSTERS = add_poster(Poster(
    key="survey-poster", form_code="KF-3.11", label="满意度问卷海报", page="surveys:survey_answer",
    title="扫码说说您的感受", title_en="Tell us how your visit was", line="微信扫一扫,约 2 分钟,不记名",
    line_en="Scan with your phone. About two minutes, no name asked.",
))
