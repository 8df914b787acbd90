"""How C is compiled for the chip: for the firmware's build, and where a part of it is measured alone."""

PREFIX = "arm-none-eabi-"
STANDARD = ["-std=c11"]
WARNINGS = ["-Wall", "-Wextra", "-Werror"]
CPU = ["-mcpu=cortex-m0plus", "-mthumb"]
OPTIMISE = [
    "-Os",
    "-flto",
    # What -Os still gives away for speed: 0.3 kB
    "-fno-guess-branch-probability",
    "-fno-jump-tables",
    "-fno-move-loop-invariants",
    "-frename-registers",
    "-flive-range-shrinkage",
    "--param=max-completely-peel-times=0",
    "--param=max-jump-thread-duplication-stmts=0",
    "-fno-tree-loop-distribute-patterns",  # else the loops of startup.c become calls of memcpy and memset
]
LINK = ["-nostartfiles", "--specs=nano.specs", "-Wl,--gc-sections", "-Wl,--fatal-warnings"]
