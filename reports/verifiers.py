"""The archives are asked by `manage.py verify` too."""

from reports.services.verifying import verify_archives, verify_folder
from servicedesk.verifiers import Verifier, add_verifier

add_verifier(Verifier(key="reports.archives", run=verify_archives, run_folder=verify_folder))
