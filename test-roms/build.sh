#!/bin/sh
# Builds every test program of src/main/guest into src/main/roms, for which it needs Debian's gcc-mips64el-linux-gnuabi64.
# The results are kept in the repository, so that running the tests needs no cross-compiler.
#
# A test NAME.c prints lines "name: value" on the EE's serial port and ends with exit status 0. NAME.expected beside NAME.elf holds
# the lines it must print; lines that start with # say where the values come from: a hardware record, an exact model or a manual.
set -eu
cd "$(dirname "$0")"
compiler=mips64el-linux-gnuabi64-gcc
if ! command -v "$compiler" >/dev/null; then
    echo "$0: $compiler is missing; install the package gcc-mips64el-linux-gnuabi64." >&2
    exit 1
fi
source=src/main/guest
roms=src/main/roms
mkdir -p "$roms"
for test in "$source"/*.c; do
    name=$(basename "$test" .c)
    [ "$name" = rom ] && continue
    "$compiler" -std=gnu11 -O1 -march=r5900 -mfix-r5900 -mabi=n32 -EL -msingle-float -G0 -mno-abicalls -fno-pic \
        -ffreestanding -fno-builtin -ffp-contract=off -fno-stack-protector -fno-asynchronous-unwind-tables -fno-ident \
        -Wall -Wextra -Werror -nostdlib -static -s -Wl,--build-id=none -Wl,-z,max-page-size=128 \
        -Wl,--no-warn-rwx-segments -T "$source/link.ld" \
        -o "$roms/$name.elf" "$source/crt0.S" "$source/rom.c" "$test"
    chmod 644 "$roms/$name.elf"
    echo "$roms/$name.elf"
done
