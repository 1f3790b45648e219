"""Versions and items of templates, and all histories, only grow."""

from django.db import migrations

from servicedesk.appendonly import AppendOnly

ONLY_GROW = ["templateversion", "templateitem"]
HISTORIES = ["historicalasset", "historicalassetaway", "historicalround", "historicalroundtemplate"]


class Migration(migrations.Migration):
    dependencies = [
        ("checklists", "0001_initial"),
        ("servicedesk", "0002_search_roles_append_only"),
    ]
    operations = [
        *[AppendOnly(name) for name in ONLY_GROW],
        *[AppendOnly(name, redactable=True) for name in HISTORIES],
    ]
