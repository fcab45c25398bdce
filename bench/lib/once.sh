# Of bench/run: what is measured once, after the rounds, because it takes long or breaks things.
# Each writes facts, "name<tab>value", which the report shows.

fact() { printf '%s\t%s\n' "$1" "$2" | tee --append "$work/facts.tsv" >&2; }

# Runs the driver's own generator and keeps its facts: WHAT [ARGUMENT…]
load() {
    driver load "$url" "$work/tokens" "$@" > "$work/load.log" || { cat "$work/load.log" >&2; return 1; }
    sed -n 's/^FACT\t//p' "$work/load.log" | tee --append "$work/facts.tsv" >&2
}

# A new system without what the rounds do before they measure: NAME [SILOS]
begin() {
    echo "once: $*" >&2
    start_system "$@"
    workloads='' warm_up GET PATCH POLL > /dev/null
}

# Facts NAME.rate, .p50, .p99 and .cpu (ms of all processes) of a run of wrk: NAME WORKLOAD CONNECTIONS
fact_run() {
    local before line
    local -a result
    before=$(all_ticks)
    line=$(generate "$2" "$3" "$seconds")
    read -r -a result <<< "$line"
    fact "$1.rate" $((1000000 * (result[0] - result[5]) / result[1]))
    fact "$1.p50" "$(thousandth "${result[2]}")"
    fact "$1.p99" "$(thousandth "${result[3]}")"
    fact "$1.cpu" "$(thousandth $((10000 * ($(all_ticks) - before) / (result[0] + 1))))"
    fact "$1.bad" $((result[5] + result[6]))
}

thousandth() { printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)); }

# A day's mix, codes, overload; then the second start, and doing nothing.
once_day() {
    local half=$((customers / 2)) rows before
    begin ours
    if asked MIX; then
        before=$(processor_ticks)
        load mix $((2 * seconds)) "$half"
        fact mix.ticks "$(difference "$before" "$(processor_ticks)" | tr '\t' ' ')"
    fi
    if asked VERIFY; then load contacts 0 $((half < 4000 ? half : 4000)); fi
    if asked OVERLOAD; then
        rows=$(count "$rows_sql")
        load overload $((2 * seconds)) "$silo_pids"
        settle
        fact overload.rows $(($(count "$rows_sql") - rows))
    fi
    if asked START; then
        wait_for_feed
        sleep 15 # what ran hot is still being compiled, and buffers written
        before=$(all_ticks)
        sleep 20
        fact idle.percent "$(thousandth $((1000 * ($(all_ticks) - before) / 20)))"
        stop_service
        before=$(date +%s%3N)
        start_service
        fact start.seconds "$(thousandth $(($(date +%s%3N) - before)))"
    fi
    stop_system
}

# 10,000 customers stored, then many more; and customers who were not in memory.
once_growth() {
    local cold=$((growth < 100000 ? growth : 100000)) resident heap
    begin ours
    fact_run growth.few PATCH 256
    fact growth.stored "$growth"
    dotnet "$launcher" demo "$growth" --data "$data" > "$work/demo.log" 2>&1 ||
        { cat "$work/demo.log" >&2; return 1; }
    wait_for_feed
    driver scalar "$(connection customers_owner)" 'VACUUM ANALYZE' > /dev/null
    sizes
    if asked COLD; then
        resident=$(memory_kib) heap=$(heap_kib)
        load touch "$cold" cold
        fact cold.customers "$cold"
        load touch "$cold" known
        sleep 3
        fact cold.resident "$(thousandth $((1000 * ($(memory_kib | cut -f 1) - ${resident%%$'\t'*}) / cold)))"
        fact cold.heap "$(thousandth $((1000 * ($(heap_kib) - heap) / cold)))"
    fi
    fact_run growth.warm PATCH 256 # the silo has been doing other things
    fact_run growth.many PATCH 256
    stop_system
}

# The same edits and reads by one front end and 1, 2, 3 silos; a silo killed while two serve.
once_silos() {
    local silos
    for silos in 1 2 3; do
        ((silos == 2)) || asked SILOS || continue
        begin ours "$silos"
        if asked SILOS; then
            fact_run "silos.$silos.get" GET 256
            fact_run "silos.$silos.patch" PATCH 256
        fi
        if ((silos == 2)) && asked KILL; then
            load kill "$(process_named silo-1)" "$(connection postgres)"
        fi
        stop_system
    done
}

# The commit's own statement without anything around it, by pgbench: a row, and a batch at a time.
once_limits() {
    local rows program
    program=$(command -v pgbench || ls /usr/lib/postgresql/*/bin/pgbench 2> /dev/null | tail -n 1) || true
    [[ -n $program ]] || { echo "no pgbench: no limit of the statement" >&2; return 0; }
    seed_ours
    driver scalar "$(connection postgres)" "$(cat "$bench/sql/limit_setup.sql")" > /dev/null
    for rows in 1 32 256; do
        { cat "$bench/sql/limit_head.sql"; statement; } | sed "s/:rows/$rows/g" > "$work/limit.sql"
        PGPASSWORD=$(cat "$data/keys/postgres-postgres") "$program" --host "$socket" \
            --username postgres --no-vacuum --protocol prepared --client $((rows == 1 ? 16 : 2)) \
            --jobs 1 --time "$seconds" --file "$work/limit.sql" customers > "$work/limit.log" 2>&1 ||
            { cat "$work/limit.log" >&2; return 1; }
        fact "limit.$rows.rate" "$(awk -v n="$rows" '/^tps/ { printf "%.0f", n * $3 }' "$work/limit.log")"
    done
    stop_system
}

# The service's statement from WITH on, its arrays replaced by the rows of limit_head.sql.
statement() {
    awk '/^-- / { next } /^WITH i AS/ { skip = 1 } skip && /^\),/ { skip = 0; next } !skip' \
        "$root/src/Storage/Sql/Customers/update_customers.sql"
}

# Bytes of each table with its indexes, per row.
sizes() {
    count "$(cat "$bench/sql/sizes.sql")" | while read -r name rows bytes; do
        fact "size.$name" "$rows $bytes"
    done
}

# Until the seals have caught up with the journal.
wait_for_feed() {
    local tries=0
    until [[ $(count "$(cat "$bench/sql/feed_left.sql")") == 0 ]] || ((++tries > 120)); do sleep 1; done
}

# KiB that were alive after the last collection, by the silo's own metrics.
heap_kib() {
    curl --silent "http://127.0.0.1:$((${url##*:} + 1))/metrics" |
        awk '/^dotnet_gc_last_collection_heap_size/ { bytes += $2 } END { printf "%d", bytes / 1024 }'
}

# Whether what is measured once was asked for: KIND
asked() {
    if [[ -z $workloads ]]; then ((once)); else [[ ,$workloads, == *",$1,"* ]]; fi
}

any_asked() {
    local kind
    for kind in "$@"; do ! asked "$kind" || return 0; done
    return 1
}

all_once() {
    if any_asked LIMIT; then once_limits; fi
    if any_asked MIX VERIFY OVERLOAD START; then once_day; fi
    if any_asked SILOS KILL; then once_silos; fi
    if any_asked GROWTH COLD; then once_growth; fi
}
