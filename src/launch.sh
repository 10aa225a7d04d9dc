#!/usr/bin/env bash
# shellcheck disable=SC2034 # the arrays are read by the scripts that source this file
# Shared by the launchers at the root (./url2video, ./pbm, ./test): what must be installed, and how the farm is built.
# Sourced, never run. Expects FARM_ROOT to be set.

# Debian packages of the run-time: native FFmpeg, text, voices, fonts. The file after the colon shows that it is there.
FARM_PACKAGES=(
  "ffmpeg:/usr/bin/ffmpeg"
  "libass9:libass.so.9"
  "libharfbuzz0b:libharfbuzz.so.0"
  "libflite1:libflite.so.1"
  "espeak-ng:/usr/bin/espeak-ng"
  "fonts-dejavu-core:/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
  "fonts-noto-core:/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
)

# Only the tests need these.
FARM_TEST_PACKAGES=(
  "chromium:/usr/bin/chromium"
  "postgresql-15:/usr/lib/postgresql/15/bin/postgres"
  "prometheus:/usr/bin/promtool"
  "curl:/usr/bin/curl"
  "iproute2:/usr/sbin/ip"
  "g++:/usr/bin/g++"
  "fonts-noto-cjk:/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
)

farm_say() { printf '%s\n' "$*" >&2; }

# Is a path, a command or a shared library there?
farm_has() {
  case "$1" in
    /*) [ -e "$1" ] ;;
    *) [[ "$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)" == *"$1"* ]] ;;
  esac
}

# farm_need ENTRY...: installs what is missing when root, else prints the one line to run and stops with status 1.
farm_need() {
  local entry missing=()
  for entry in "$@"; do
    farm_has "${entry#*:}" || missing+=("${entry%%:*}")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    farm_say "Missing: ${missing[*]}. Install them with this line, then run the same command again:"
    farm_say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    return 1
  fi
  farm_say "Installing Debian packages: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    farm_say "Installing failed (full log: $log)."
    return 1
  fi
  rm -f "$log"
}

farm_need_dotnet() {
  if ! command -v dotnet >/dev/null || ! [[ $'\n'"$(dotnet --list-sdks 2>/dev/null)" == *$'\n'10.* ]]; then
    farm_say "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0 (one archive, no root needed)."
    return 1
  fi
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
}

# Builds Release when a source is newer than the last build. One build at a time, so that two shells can start together.
farm_build() {
  local stamp="$FARM_ROOT/.farm/built" log="$FARM_ROOT/.farm/build.log"
  mkdir -p "$FARM_ROOT/.farm"
  (
    flock 9
    if [ -e "$stamp" ] && [ -e "$FARM_BUILT" ] && [ -z "$(find "$FARM_ROOT/src" "$FARM_ROOT/nodes" "$FARM_ROOT"/*.props -newer "$stamp" \
        -not -path '*/obj/*' -not -path '*/bin/*' -type f -print -quit)" ]; then
      exit 0
    fi
    farm_say "Building Url2Video.Farm (first run or changed sources) ..."
    touch "$stamp.next"
    if ! dotnet build "$FARM_ROOT/src/Url2Video.Farm.Cli/Url2Video.Farm.Cli.csproj" -c Release -v quiet >"$log" 2>&1 9>&-; then # The compiler may stay and must not keep the lock.
      grep -E 'error' "$log" | sort -u | head -n 20 >&2
      farm_say "The build failed (full log: $log)."
      exit 1
    fi
    farm_images 9>&- || exit 1
    mv "$stamp.next" "$stamp"
  ) 9>"$FARM_ROOT/.farm/build.lock" || return 1
  FARM_DLL=$(farm_program)
  FARM_DLL=${FARM_DLL:-$FARM_BUILT}
}

# Machine code ahead of time, so that every process starts in half the time. Where the compiler cannot be had, the farm runs as it was built.
# Every change gets a folder of its own, and a link says which is the last: a farm that runs from this checkout keeps the one it was started from, and starts its workers from it.
# Call it with the lock of the build. Callers may have switched errexit off ("( … ) || …"), so every step says itself what follows when it fails.
farm_images() {
  local to=""
  mkdir -p "$FARM_ROOT/.farm" || return 1
  if [ -n "${FARM_PLAIN:-}" ]; then rm -f "$FARM_IMAGES"; return; fi
  farm_say "Compiling ahead of time ..."
  if to=$(mktemp -d "$FARM_ROOT/.farm/app-XXXXXX") && farm_compile "$to"; then
    farm_sweep
    return 0
  fi
  farm_say "Not possible here (log: $FARM_ROOT/.farm/images.log): processes start more slowly, and reach their speed later."
  [ -z "$to" ] || rm -rf "$to"
  rm -f "$FARM_IMAGES" # What is there is of former sources, and the build is stamped as done: it must not be run any more.
}

# farm_compile FOLDER: fills a new folder, and makes it the last.
farm_compile() {
  local to="$1"
  chmod 755 "$to" || return 1
  # Only what has changed is compiled again. Files of packages bear their own times, so another version of one would not be seen; nor would another way of compiling.
  if [ -e "$FARM_IMAGES/complete" ] && [ ! "$FARM_ROOT/Directory.Packages.props" -nt "$FARM_IMAGES/complete" ] && [ ! "$FARM_ROOT/src/Images.proj" -nt "$FARM_IMAGES/complete" ]; then
    { cp -a "$FARM_IMAGES/." "$to/" && rm "$to/complete"; } >"$FARM_ROOT/.farm/images.log" 2>&1 || return 1
  fi
  dotnet msbuild "$FARM_ROOT/src/Images.proj" -restore -t:Images -p:From="$(dirname "$FARM_BUILT")" -p:To="$to" -v:quiet >"$FARM_ROOT/.farm/images.log" 2>&1 || return 1
  touch "$to/complete" "$to" && ln -sfn "$(basename "$to")" "$FARM_IMAGES.$$" && mv -T "$FARM_IMAGES.$$" "$FARM_IMAGES"
}

# Folders of former changes that no process runs from, whoever's it is: what others have mapped cannot be read, but their command lines name the program. The last two folders
# stay: somebody may be about to start. And links that a crash left. The pattern is not among grep's arguments, or it would find itself.
farm_sweep() {
  local folder old
  folder=$(readlink -f "$FARM_ROOT/.farm") || return 0
  find "$folder" -maxdepth 1 -type l -name "$(basename "$FARM_IMAGES").*" -delete
  find "$folder" -maxdepth 1 -type d -name 'app*' -printf '%T@ %p\n' | sort -rn | tail -n +3 | cut -d' ' -f2- | while IFS= read -r old; do
    # shellcheck disable=SC2062 # These are files.
    grep -qsF --file=- /proc/[0-9]*/maps /proc/[0-9]*/cmdline <<<"$old/" || rm -rf "$old"
  done
}

# farm_program: the path of what was compiled ahead, by its own folder; nothing where there is none.
farm_program() { [ ! -e "$FARM_IMAGES/complete" ] || printf '%s\n' "$(readlink -f "$FARM_IMAGES")/url2video.dll"; }

FARM_BUILT="$FARM_ROOT/src/Url2Video.Farm.Cli/bin/Release/net10.0/url2video.dll"
FARM_IMAGES="$FARM_ROOT/.farm/program"
FARM_DLL="$FARM_BUILT"
