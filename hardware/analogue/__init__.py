"""Analogue proof: the audio block and the supply, simulated as the circuit has them, against limits with reasons.

`tolerance` finds the worst corners, `audio` and `droop` measure, `limits` says what is allowed and why, `plots`
draws, `report` runs all and writes it down.
"""
