# Of bench/run: the machine, its clocks and the load generator.

# Seconds for edits to end whose client has gone.
readonly SETTLING=1

need() {
    command -v "$1" > /dev/null || { echo "missing: $2" >&2; exit 1; }
}

install_wrk() {
    if command -v apt-get > /dev/null && ((EUID == 0)); then
        { apt-get update && apt-get install --yes --no-install-recommends wrk; } >&2 || true
    fi
}

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 10000))
        (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || break
    done
    echo "$port"
}

# WORKLOAD CONNECTIONS SECONDS [PREFIX] → requests, µs, p50, p99, max (µs), bad answers, socket errors
generate() {
    local kind=GET tokens=$work/tokens result
    case $1 in
        PATCH) kind=EDIT ;;
        KEYED) kind=KEYED ;;
        HOT) kind=EDIT tokens=$work/tokens-one ;;
        TOGGLE) kind=TOGGLE tokens=$work/tokens-toggle ;;
        POLL) tokens=$work/tokens-riders ;;
        CONTACT) tokens=$work/tokens-contact ;;
        BRANCH) tokens=$work/tokens-branch ;;
    esac
    wrk --threads 1 --connections "$2" --duration "$3s" --timeout 10s \
        --script "$bench/wrk/profile.lua" "$url" -- \
        "$kind" "${4:--}" "$tokens" "$(printf '%05d' $((EPOCHSECONDS % 100000)))" > "$work/wrk.log" || {
        cat "$work/wrk.log" >&2
        return 1
    }
    result=$(sed -n 's/^RESULT\t//p' "$work/wrk.log")
    [[ -n $result ]] || { cat "$work/wrk.log" >&2; return 1; }
    [[ $kind != TOGGLE ]] || echo "${result##*$'\t'}" > "$tokens.at"
    echo "${result%$'\t'*}"
}

settle() { sleep "$SETTLING"; }

# Fields of /proc/PID/stat after the name: 12 utime, 13 stime, 14 and 15 of children waited for.
ticks() {
    local stat
    { read -r stat < "/proc/$1/stat"; } 2> /dev/null || { echo 0 0; return; }
    read -r -a stat <<< "${stat##*) }"
    echo $((stat[11] + stat[12])) $((stat[13] + stat[14]))
}

own_ticks() {
    local own=0 pid pair
    for pid in "$@"; do
        read -r -a pair <<< "$(ticks "$pid")"
        own=$((own + pair[0]))
    done
    echo "$own"
}

# Ticks used so far by API (or peer), silo, PostgreSQL with all its processes, ended ones included.
processor_ticks() {
    local database=0 pair
    if [[ -n $postgres_pid ]]; then
        read -r -a pair <<< "$(ticks "$postgres_pid")"
        database=$((pair[0] + pair[1] + $(own_ticks $(pgrep -P "$postgres_pid"))))
    fi
    printf '%s\t%s\t%s' "$(own_ticks $api_pid)" "$(own_ticks $silo_pids)" "$database"
}

all_ticks() {
    local -a parts
    IFS=$'\t' read -r -a parts <<< "$(processor_ticks)"
    echo $((parts[0] + parts[1] + parts[2]))
}

difference() {
    local -a a b
    IFS=$'\t' read -r -a a <<< "$1"
    IFS=$'\t' read -r -a b <<< "$2"
    printf '%s\t%s\t%s' $((b[0] - a[0])) $((b[1] - a[1])) $((b[2] - a[2]))
}

# KiB: resident of the service, proportional of PostgreSQL.
memory_kib() {
    local service=0 database=0 pid kib
    for pid in $api_pid $silo_pids; do
        kib=$(sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\).*/\1/p' "/proc/$pid/status")
        service=$((service + kib))
    done
    if [[ -n $postgres_pid ]]; then
        for pid in "$postgres_pid" $(pgrep -P "$postgres_pid"); do
            kib=$(sed -n 's/^Pss:[[:space:]]*\([0-9]*\).*/\1/p' "/proc/$pid/smaps_rollup" 2> /dev/null)
            database=$((database + ${kib:-0}))
        done
    fi
    printf '%s\t%s' "$service" "$database"
}

describe() {
    local cpu memory
    cpu=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
    memory=$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)
    cat << TEXT
Written by \`bench/run\`; how to read it: README.md.

- $(date -u +%F), commit $(git -C "$root" describe --always --dirty)
- $(nproc) processors (${cpu:-unknown}), ${memory} GiB, $(uname -sr); the load generator ($(wrk -v 2>&1 | sed -n '1s/ \[.*//p')) runs on the same ones
- .NET $(dotnet --list-runtimes | sed -n 's/^Microsoft.AspNetCore.App \(10[^ ]*\).*/\1/p' | tail -n 1), PostgreSQL ${postgres_version:-not used}
- $customers customers, $rounds round(s), $seconds s a run, after a warm-up until the processor time per request stands still
TEXT
}
