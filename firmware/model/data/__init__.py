"""Recordings to train and to test on: three public sets, and folders of a user's own.

| module | subject |
|---|---|
| sets | the public sets: where they come from, licence, attribution, digest |
| place | where their files are on this machine |
| arrays | .npz files and the digest of what they hold |
| recording | one recording, and a set of them |
| motion_sets, sound_sets | the public sets as recordings |
| download, originals, exercise_files, fetch | their originals: over HTTPS, converted |
| folder | the folder format for a user's own recordings |
| read_folder, write_folder, sidecar | the same in code |
| clipping | samples that were cut off at a limit |
| capture | recordings from a board's console |
| summary | how much there is of each label |
"""
