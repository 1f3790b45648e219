"""The poster for who has lost something."""

from servicedesk.services.printing.posters import Poster, add_poster

LOSS_POSTERS = add_poster(Poster(
    key="loss-poster", form_code="KF-3.6", label="扫码报失海报", page="lostfound:visitor_loss",
    title="丢了东西?扫码登记", title_en="Lost something? Tell us here", line="也可以看招领公告,找到后打电话给您",
    line_en="See what has been found, or tell us what you lost. We call you.",
))
