"""Models in the firmware on the virtual board: recordings go in at the sensors, and what its console says of them comes out.

| module | subject |
|---|---|
| drawing | which part of a data set is played |
| image | the firmware that is run, and the models in it |
| host_model | the same model on this machine |
| activities | stretches of motion, played to the accelerometer |
| utterances | words, played to the microphone |
| listener | what the firmware should hear in the samples of its converter |
| comparison | what the board said beside what this machine says, and the figures of both |
| stimuli | recordings for dollar simulate |
| evaluation | all of it, in parallel |
"""
