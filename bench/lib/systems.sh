# Of bench/run: the systems under test. Each starts on an empty data folder, alone on the machine.

launcher=$root/artifacts/bin/Launcher/release/CustomerGrains.Launcher.dll

api_pid='' silo_pids='' postgres_pid='' run_pid='' issuer_pid='' data='' rows_sql='' log_sql=''
postgres_version='' ours_options=()

driver_dll=$bench/artifacts/bin/Driver/release/CustomerGrains.Bench.Driver.dll

driver() { dotnet "$driver_dll" "$@"; }

start_issuer() {
    local port
    port=$(free_port)
    : > "$work/issuer.log"
    issuer=http://127.0.0.1:$port
    # Not by the function: its process would be a shell, and the issuer would outlive it.
    dotnet "$driver_dll" issuer "$port" "$customers" "$work/tokens" > "$work/issuer.log" 2>&1 &
    issuer_pid=$!
    await "$issuer_pid" "$work/issuer.log"
}

stop_issuer() {
    [[ -z $issuer_pid ]] || kill "$issuer_pid" 2> /dev/null || true
}

# Until a line "ready" stands in the log: PID LOG
await() {
    local tries=0
    until grep -q '^ready' "$2"; do
        if ! kill -0 "$1" 2> /dev/null || ((++tries > 1200)); then
            cat "$2" >&2
            return 1
        fi
        sleep 0.1
    done
}

# NAME [SILOS]
start_system() {
    local log=$work/$1.log
    : > "$log"
    port=$(free_port)
    url=http://127.0.0.1:$port has='GET PATCH' fed=no
    rm -f "$work"/tokens*.at
    new_data
    case $1 in
        ours)
            title=CustomerGrains has='GET PATCH KEYED TOGGLE HOT POLL CONTACT BRANCH' fed=yes
            seed_ours
            # Two silos have their front end apart; so has one that is compared with them.
            ours_options=(--port "$port")
            [[ -z ${2:-} ]] || ours_options+=(--silos "$2" --front-end-apart)
            start_service
            ;;
        apart)
            title='CustomerGrains, front end apart' has='GET PATCH POLL' fed=yes
            seed_ours
            ours_options=(--port "$port" --front-end-apart)
            start_service
            ;;
        constant) title='constant, auth' has='GET PATCH POLL'; start_peer Constant "$port" "$log" ;;
        efcore | dapper)
            has='GET PATCH KEYED TOGGLE POLL CONTACT BRANCH' rows_sql='SELECT count(*) FROM profile_history'
            log_sql='SELECT count(*) FROM access_log'
            start_postgres
            if [[ $1 == efcore ]]; then
                title='EF Core'
                start_peer EfCore "$port" "$log"
            else
                title=Dapper has+=' HOT'
                start_peer Dapper "$port" "$log"
            fi
            ;;
        stock)
            title='Orleans + AdoNet' has+=' HOT' rows_sql='SELECT sum(version) FROM orleansstorage'
            start_postgres
            start_peer StockOrleans "$port" "$log" \
                --SiloPort "$(free_port)" --GatewayPort "$(free_port)"
            ;;
        *) echo "unknown system: $1" >&2; exit 2 ;;
    esac
}

# The launcher's own server, so that all systems have the same one with the same settings.
start_postgres() {
    local answer
    answer=$(dotnet "$launcher" postgres start --data "$data" 2> "$work/postgres.log") || {
        cat "$work/postgres.log" >&2
        return 1
    }
    [[ $answer =~ process\ ([0-9]+),\ socket\ in\ (.+) ]]
    postgres_pid=${BASH_REMATCH[1]}
    socket=${BASH_REMATCH[2]}
    postgres_version=$(driver scalar "$(connection customers_owner)" 'SHOW server_version')
}

# ROLE
connection() {
    echo "Host=$socket;Database=customers;Username=$1;Password=$(cat "$data/keys/postgres-$1")"
}

# As superuser: row-level security shows the rows of customers to nobody else.
# SQL
count() { driver scalar "$(connection postgres)" "$1"; }

# PROJECT PORT LOG [SETTING…]
start_peer() {
    local project=$1 port=$2 log=$3
    shift 3
    ConnectionStrings__Bench=$([[ -z $postgres_pid ]] || connection customers_owner) \
        ASPNETCORE_ENVIRONMENT=Production \
        dotnet "$bench/artifacts/bin/$project/release/CustomerGrains.Bench.$project.dll" \
        --urls "http://127.0.0.1:$port" --Issuer "$issuer" --Customers "$customers" "$@" \
        > "$log" 2>&1 &
    run_pid=$! api_pid=$!
    await "$run_pid" "$log"
}

# A database of ours with the sample customers, through the service's own store.
seed_ours() {
    [[ -n $data ]] || new_data
    rows_sql='SELECT count(*) FROM customer_event'
    log_sql='SELECT count(*) FROM customer_data_access_logs'
    start_postgres
    dotnet "$launcher" migrate --data "$data" > /dev/null
    driver seed "$(connection service)" "$data/keys" "$customers"
    driver scalar "$(connection customers_owner)" 'VACUUM ANALYZE' > /dev/null
}

# By the command that users have, with ours_options.
start_service() {
    local log=$work/ours.log
    : > "$log"
    # One customer may send more than anybody needs: the workload HOT would meet the limit first.
    Auth__Authority=$issuer RateLimits__PerTokenAndSecond=1000000 RateLimits__PerTokenBurst=1000000 \
        "$root/run" --data "$data" "${ours_options[@]}" > "$log" 2>&1 &
    run_pid=$!
    await "$run_pid" "$log"
    silo_pids=$(process_named 'silo-[0-9]*')
    api_pid=$(process_named api)
    postgres_pid=$(sed -n 's/.*"postgres": \([0-9]*\).*/\1/p' "$data/run.json")
}

stop_service() {
    kill "$run_pid"
    wait "$run_pid" || true
    run_pid='' postgres_pid=''
}

new_data() {
    data=$(mktemp -d "$work/data-XXXXXX")
    chmod 755 "$data"
}

# NAME as in run.json
process_named() {
    sed -n "/\"name\": \"$1\"/,/\"pid\"/s/.*\"pid\": \([0-9]*\).*/\1/p" "$data/run.json"
}

stop_system() {
    if [[ -n $run_pid ]]; then
        kill "$run_pid" 2> /dev/null || true
        wait "$run_pid" 2> /dev/null || true
    fi
    if [[ -n $postgres_pid ]]; then
        dotnet "$launcher" postgres stop --data "$data" > /dev/null 2>&1 || true
    fi
    [[ -z $data ]] || rm -rf "$data"
    api_pid='' silo_pids='' postgres_pid='' run_pid='' data='' rows_sql='' log_sql='' ours_options=()
}

# The answer's members and their types, to be compared at the end.
fetch_shape() {
    curl --silent --show-error --fail --header "Authorization: Bearer $(head -n 1 "$work/tokens")" \
        "$url/api/utc/profile" > "$work/answer.json"
    driver members "$work/answer.json" > "$work/shape-$1"
}

compare_shapes() {
    local first='' shape
    for shape in "$work"/shape-*; do
        [[ -z $first ]] && first=$shape
        cmp --silent "$first" "$shape" ||
            { echo "answers differ in shape:" >&2; diff "$first" "$shape" >&2 || true; exit 1; }
    done
}
