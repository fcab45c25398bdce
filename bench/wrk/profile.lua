-- Reads or edits profiles, one customer after the other. Arguments: METHOD PATH TOKENS TAG
--   TOKENS  file with one access token a line; behind a tab, a path of its own
--   TAG     makes the names of this run differ from those of the run before
-- Nothing is built per request but one string, because the generator shares the processors with
-- what it measures.

local heads, tails = {}, ""
local method, tag
local at, pass, count = 0, 0, 0

-- All bodies of a pass end alike; a pass changes every customer once.
local function turn()
    pass = pass + 1
    tails = string.format(' %s %05d"}', tag, pass)
end

function init(args)
    method, tag = args[1], args[4]
    local path, tokens = args[2], args[3]
    turn()
    local prefix = path:match("^(.*)%*$")
    for line in io.lines(tokens) do
        count = count + 1
        local token, own = line:match("^(%S+)\t(%S+)$")
        token, path = token or line, own and (prefix or "") .. own or path
        local head = method .. " " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            .. "Authorization: Bearer " .. token .. "\r\n"
        if method == "PATCH" then
            local body = string.format('{"name":"Asha Rao %06d', count)
            head = head .. "Content-Type: application/json\r\nContent-Length: "
                .. (#body + #tails) .. "\r\n\r\n" .. body
        else
            head = head .. "\r\n"
        end
        heads[count] = head
    end
    -- Runs begin at different customers.
    at = tonumber(tag) % count
end

function request()
    at = at + 1
    if at > count then
        at = 1
        if method == "PATCH" then turn() end
    end
    if method == "PATCH" then return heads[at] .. tails end
    return heads[at]
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "RESULT\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        latency.max, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
