"""How Django asks for a person's rights: from the kept tables, so that a page costs no query for them."""

from django.contrib.auth.backends import ModelBackend

from servicedesk.services import kept


class DeskBackend(ModelBackend):
    """Rights by groups as everywhere in Django; unchanged groups are not read again."""

    def get_user(self, user_id):
        """The person with their desks in hand: every look-up of a page begins with them."""
        user = super().get_user(user_id)
        if user is not None:
            points = user.service_points.all()
            points._result_cache = kept.answer(("desks", user.pk), lambda: kept.rows_of(user.service_points.all()))
            user._prefetched_objects_cache = {"service_points": points}
        return user

    def _get_permissions(self, user_obj, obj, from_name):
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        name = f"_{from_name}_perm_cache"
        if user_obj.is_superuser or hasattr(user_obj, name):
            return super()._get_permissions(user_obj, obj, from_name)
        found = kept.answer(("rights", from_name, user_obj.pk), lambda: self._asked(user_obj, from_name))
        setattr(user_obj, name, set(found))
        return getattr(user_obj, name)

    def _asked(self, user_obj, from_name) -> frozenset[str]:
        asked = getattr(self, f"_get_{from_name}_permissions")(user_obj)
        found = kept.rows_of(asked.values_list("content_type__app_label", "codename").order_by())
        return frozenset(f"{app}.{code}" for app, code in found)
