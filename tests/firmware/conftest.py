import os

from hypothesis import settings

# No limit of time for one example: on a machine that others use, a slow moment is no fault. The same examples at each run,
# so that a failure belongs to the change under test; HYPOTHESIS_PROFILE=explore looks for others.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
