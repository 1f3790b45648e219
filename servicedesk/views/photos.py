"""Photos are served to those who may see the record, and not while its register keeps them closed."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from servicedesk.models import Photo
from servicedesk.register import register_of
from servicedesk.services.photos import photo_path


@require_safe
def photo(request: HttpRequest, pk: int, size: str) -> FileResponse:
    """`size` is `full` or `thumb`. 404 for whoever may not see the record."""
    row = Photo.objects.filter(pk=pk).select_related("content_type").first()
    if row is None or not _may_see(request.user, row):
        raise Http404
    path = photo_path(row.file if size == "full" else row.thumb)
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


def _may_see(user, row: Photo) -> bool:
    model = row.content_type.model_class()
    register = register_of(model) if model else None
    if register is None or not user.has_perm(register.permission("view")):
        return False
    record = register.model._default_manager.visible_to(user).filter(pk=row.object_id).first()
    return record is not None and (register.shows_photos is None or register.shows_photos(record, user))
