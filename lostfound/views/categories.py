"""物品类别 on screen: the shape of the places, with its own rules when it is saved."""

from typing import Any

from lostfound.forms.categories import CategoryForm
from lostfound.models import ItemCategory
from lostfound.registers.categories import CATEGORIES
from lostfound.services.categories import add_category, change_category
from servicedesk.views.places import PlaceFormView


class CategoryFormView(PlaceFormView):
    """Adds a category, or with a key in the address edits it."""

    register = CATEGORIES
    form_class = CategoryForm

    def save(self, form: Any) -> ItemCategory:
        category, by = self.place(), self.request.user
        if category is None:
            return add_category(by=by, **form.facts())
        typed = form.cleaned_data
        change_category(category, by=by, seen=typed["version"], reason=typed["reason"], **form.facts())
        return category
