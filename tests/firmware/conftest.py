from hypothesis import settings

# No limit of time for one example: on a machine that others use, a slow moment is no fault.
settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")
