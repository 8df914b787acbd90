"""The page of block audio."""

from hardware.schematic.drawing import Beside, Drawing, Flag, Note, Place, Port, Route, Supply

DRAWING = Drawing(
    "audio",
    title="Microphone and amplifier",
    places=(
        Place("R4", 52, 46, rotation=90),
        Place("C11", 76, 49),
        Place("C12", 90, 49),
        Place("TP2", 150, 44),
        Place("MK1", 102, 76, text=Beside.LEFT),
        Place("TP1", 117, 74),
        Place("U4", 140, 78),
        Place("R5", 140, 96, rotation=90),
        Place("C13", 140, 104, rotation=90),
        Place("R6", 128, 111),
        Place("C14", 128, 125),
    ),
    ports=(
        Port("MIC_PWR", 36, 46, at_left=True),
        Port("MIC_ADC", 186, 78),
    ),
    supplies=(
        Supply("VMIC", 64, 46, ("R4.2", "C11.1", "C12.1", "MK1.VDD", "U4.V+", "TP2.1"), rails=(((55, 46), (150, 46)),)),
        Supply("GND", 102, 88, ("MK1.2", "MK1.3"), rails=(((100, 84), (100, 86), (104, 86), (104, 84)),)),
    ),
    flags=(Flag("VMIC", 120, 46),),
    routes=(
        Route("AMP_FB", ((134, 80), (128, 80), (128, 108))),
        Route("AMP_FB", ((128, 96), (137, 96))),
        Route("AMP_FB", ((128, 104), (137, 104))),
        Route("MIC_ADC", ((146, 78), (186, 78))),
        Route("MIC_ADC", ((152, 78), (152, 104), (143, 104))),
        Route("MIC_ADC", ((143, 96), (152, 96))),
    ),
    notes=(
        Note("Supply filter\n{corner_at_3v R4 C11}", 46, 54),
        Note("Gain {gain R5 R6}", 156, 96),
        Note("Low-pass {corner R5 C13}", 156, 104),
        Note("High-pass {corner R6 C14}", 138, 125),
    ),
)
