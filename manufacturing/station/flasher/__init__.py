"""Writing the firmware through the boot ROM of the PY32F003, so that only what was read back counts as written."""
