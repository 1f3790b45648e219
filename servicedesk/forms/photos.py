"""Photos that a form takes: decoded and written before the record's transaction begins."""

from typing import Any

from servicedesk.errors import Refusal
from servicedesk.services.photos import PreparedPhoto, prepare_photo


class PreparedPhotosMixin:
    """For a form with a `PhotosField` named `photos`: `cleaned_data["prepared"]` holds what can be kept."""

    def clean_photos(self) -> list[Any]:
        uploads = self.cleaned_data.get("photos") or []
        self.cleaned_data["prepared"] = prepared = []
        for upload in uploads:
            self._prepare(upload, prepared)
        return uploads

    def _prepare(self, upload: Any, prepared: list[PreparedPhoto]) -> None:
        try:
            prepared.append(prepare_photo(upload))
        except Refusal as refusal:
            self.add_error("photos", refusal.sentence)
