"""Roles and their rights. Each app lists its grants in `<app>/rights.py`; migrations hand them out.

A manager may add to or take from a role on the screen; a later migration only adds what is new.
"""

from collections.abc import Iterable, Mapping

from django.apps import apps as all_apps
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

from servicedesk.choices import Role

GRANTS: Mapping[str, Iterable[str]] = {
    Role.SUPERVISOR: ["servicedesk.reveal_personal"],
    Role.MANAGER: [
        "servicedesk.see_all_points", "servicedesk.manage_people", "servicedesk.manage_places",
        "servicedesk.manage_settings", "servicedesk.reveal_personal", "servicedesk.export_full",
        "servicedesk.purge_personal", "servicedesk.manage_channels", "servicedesk.see_jobs",
    ],
    Role.CUSTODIAN: ["servicedesk.reveal_personal"],
    Role.DUTY_MANAGER: ["servicedesk.see_all_points"],
    Role.FINANCE: ["servicedesk.see_all_points"],
    Role.ADMIN: ["servicedesk.manage_people", "servicedesk.manage_places", "servicedesk.see_jobs"],
}


def grant(apps, app_label: str, grants: Mapping[str, Iterable[str]]) -> None:
    """Make the groups and give them the permissions `app.codename`, adding only."""
    config = all_apps.get_app_config(app_label)
    create_contenttypes(config, verbosity=0)
    create_permissions(config, verbosity=0)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for role in Role.values:
        group_model.objects.get_or_create(name=role)
    for role, names in grants.items():
        group = group_model.objects.get(name=str(role))
        for name in names:
            label, codename = name.split(".")
            group.permissions.add(permission_model.objects.get(content_type__app_label=label, codename=codename))


def grant_operation(app_label: str, grants: Mapping[str, Iterable[str]]) -> migrations.RunPython:
    """The migration operation that hands out an app's grants."""

    def forwards(apps, schema_editor):  # noqa: ARG001
        grant(apps, app_label, grants)

    return migrations.RunPython(forwards, migrations.RunPython.noop)
