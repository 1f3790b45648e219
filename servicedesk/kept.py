"""The ground floor's small tables: who people are, what they may, where they work, what the manager set."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from servicedesk.models import Department, PaperWording, ServicePoint, Setting, StoragePlace, User, VisitorCode, Zone
from servicedesk.tablemarks import keep

keep(
    ContentType, Permission, Group, Group.permissions.through,
    User, User.groups.through, User.user_permissions.through, User.service_points.through,
    Department, ServicePoint, StoragePlace, Zone, Zone.neighbours.through, Setting, PaperWording, VisitorCode,
)
