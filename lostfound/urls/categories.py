"""Addresses of the table of categories."""

from lostfound.registers.categories import CATEGORIES
from lostfound.views.categories import CategoryFormView
from servicedesk.views.places import book_urls

form = CategoryFormView.as_view()
urlpatterns = book_urls(CATEGORIES, "categories", create=form, edit=form)
