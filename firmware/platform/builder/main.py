"""How the firmware is compiled and linked. PlatformIO runs this file within SCons."""

import sys
from pathlib import Path

from SCons.Script import Builder, Default, DefaultEnvironment  # type: ignore[import-untyped]

env = DefaultEnvironment()
firmware = Path(env.subst("$PROJECT_DIR"))
sys.path.insert(0, str(firmware.parent))  # the generators read the circuit of this very tree

from firmware import generated, models  # noqa: E402
from firmware.compiler import CPU, LINK, OPTIMISE, PREFIX, STANDARD, WARNINGS  # noqa: E402
from hardware.errors import InputError  # noqa: E402

own_models = env.GetProjectOption("custom_models", "")
own = models.own(firmware / own_models) if own_models else {}
named = {task: env.GetProjectOption(models.option(task), models.NONE) for task in models.TASKS}
kinds = named | models.kinds_of(own)
try:
    models.check(named, Path(env.subst("$PROJECT_SRC_DIR")))
    generated.write(Path(env.subst("$BUILD_DIR")) / "generated", kinds, own)
except InputError as error:
    sys.stderr.write(f"error: {error}\n")
    env.Exit(2)


def require_port(target: object, source: object, env: object) -> None:  # noqa: ARG001 - SCons calls it by these names
    """No search for a port: whatever is plugged in would be erased."""
    if not env.subst("$UPLOAD_PORT"):  # type: ignore[attr-defined]
        sys.stderr.write("error: no serial port is given: add --upload-port PORT\n")
        env.Exit(2)  # type: ignore[attr-defined]


OF_FACTORY = [  # what it takes of the product's sources
    "+<factory/>",
    *("+<startup.c>", "+<divide.c>", "+<hal/>", "+<protocol/>"),
    *("+<app/buses.c>", "+<app/console.c>", "+<drivers/ci24r1.c>", "+<drivers/sc7a20.c>"),
]
OF_PRODUCT = [
    "+<*>",
    "-<factory/>",
    *(f"-<{path}>" for path in models.left_out(kinds)),
    *(f"+<{path}>" for path in models.chosen(kinds, own)),
]
IMAGE = {"board": "$PROJECT_BUILD_DIR"}.get(env["PIOENV"], "$BUILD_DIR")  # the others stay below their own name

env.Replace(
    AR=f"{PREFIX}gcc-ar",
    AS=f"{PREFIX}gcc",
    CC=f"{PREFIX}gcc",
    LINK=f"{PREFIX}gcc",
    RANLIB=f"{PREFIX}gcc-ranlib",
    OBJCOPY=f"{PREFIX}objcopy",
    SIZETOOL=f"{PREFIX}size",
    ARFLAGS=["rcD"],  # D: no times in archives
    PROGNAME="firmware",
    PROGSUFFIX=".elf",
    PROGPATH=f"{IMAGE}/firmware.elf",
    SRC_FILTER=OF_FACTORY if env["PIOENV"] == "factory" else OF_PRODUCT,
    LDSCRIPT_PATH=str(firmware / "ld" / "py32f003.ld"),
    SIZEPROGREGEXP=r"^(?:\.vectors|\.text|\.data|\.ARM\.exidx)\s+(\d+).*",
    SIZEDATAREGEXP=r"^(?:\.data|\.bss|\.noinit)\s+(\d+).*",
    SIZECHECKCMD="$SIZETOOL -A -d $SOURCES",
    SIZEPRINTCMD="$SIZETOOL -B -d $SOURCES",
)
env.Append(
    ASFLAGS=CPU,
    CFLAGS=STANDARD,
    CCFLAGS=[
        *CPU,
        *OPTIMISE,
        *WARNINGS,
        f"-ffile-prefix-map={firmware.parent}=.",  # the same bytes wherever the tree stands
    ],
    CPPDEFINES=[("F_CPU", "$BOARD_F_CPU"), *([] if models.chosen(kinds) else ["WITHOUT_MODEL"])],
    CPPPATH=["$BUILD_DIR", "$PROJECT_SRC_DIR", *sorted({str(path.parent) for path in own.values()})],
    LINKFLAGS=[*CPU, *OPTIMISE, *LINK],
    BUILDERS={
        "Binary": Builder(action=env.VerboseAction("$OBJCOPY -O binary $SOURCES $TARGET", "Building $TARGET"), suffix=".bin")
    },
)

for task, path in own.items():
    env.BuildSources(f"$BUILD_DIR/own_{task}", str(path.parent), [f"+<{path.name}>"])
elf = env.BuildProgram()
env.Depends(elf, "$LDSCRIPT_PATH")
binary = env.Binary(f"{IMAGE}/firmware", elf)
env.Depends(binary, "checkprogsize")
env.AddPlatformTarget("size", elf, env.VerboseAction("$SIZEPRINTCMD", "Calculating size $SOURCE"), "Program Size")
upload = [env.VerboseAction(require_port, "Uploading through $UPLOAD_PORT"), env.VerboseAction("$UPLOADCMD", "Uploading $SOURCE")]
env.AddPlatformTarget("upload", binary, upload, "Upload")
Default([env.Alias("buildprog", binary, binary)])
