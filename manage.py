#!/usr/bin/env python
"""Django's command line."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # A migration builds thousands of classes, a demo park thousands of records: looking for rubbish after every 700
    # new objects is a third of their time.
    gc.set_threshold(20_000, 20, 20)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
    execute_from_command_line(sys.argv)
