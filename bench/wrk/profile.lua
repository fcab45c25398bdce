-- Sends one kind of request, one customer after the other. Arguments: KIND PREFIX TOKENS TAG
--   KIND    GET; EDIT (a new name); KEYED (the same under an Idempotency-Key); TOGGLE (another
--           default address)
--   PREFIX  before each path
--   TOKENS  file with one access token a line; behind a tab, a path of its own
--   TAG     makes the names and keys of this run differ from those of the run before
-- Nothing is built per request but one string, because the generator shares the processors with
-- what it measures.

local thread
local heads, tails = {}, ""
local kind, tag
local pass, count = 0, 0
at = 0 -- not local: the position where this run ended is read by done()

-- All ends of a pass are alike; a pass changes every customer once.
local function turn()
    pass = pass + 1
    if kind == "EDIT" then
        tails = string.format(' %s %05d"}', tag, pass)
    elseif kind == "KEYED" then
        tails = string.format('%s-%05d\r\n\r\n{"name":"Asha Rao %s %05d"}', tag, pass, tag, pass)
    end
end

local function head(path, token, body, length)
    local method = body and "PATCH " or "GET "
    local lines = method .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
        .. token .. "\r\n"
    if not body then return lines .. "\r\n" end
    return lines .. "Content-Type: application/json\r\nContent-Length: " .. length .. "\r\n" .. body
end

function setup(one) thread = one end

function init(args)
    kind, tag = args[1], args[4]
    local prefix, tokens = args[2], args[3]
    if prefix == "-" then prefix = "" end
    turn()
    for line in io.lines(tokens) do
        count = count + 1
        local token, path = line:match("^(%S+)\t(%S+)$")
        token, path = token or line, prefix .. (path or "/api/utc/profile")
        if kind == "EDIT" then
            local body = string.format('{"name":"Asha Rao %06d', count)
            heads[count] = head(path, token, "\r\n" .. body, #body + #tails)
        elseif kind == "KEYED" then
            local length = #tails - #tag - 10
            heads[count] = head(path, token, string.format("Idempotency-Key: %06d-", count), length)
        elseif kind == "TOGGLE" then
            local body = '{"is_default":true}'
            heads[count] = head(path, token, "\r\n" .. body, #body)
        else
            heads[count] = head(path, token)
        end
    end
    -- Toggles go on where the run before ended, so that each one chooses another address; all
    -- others begin anywhere.
    local before = kind == "TOGGLE" and io.open(tokens .. ".at")
    if before then
        at = before:read("n")
        before:close()
    else
        at = kind == "TOGGLE" and 0 or tonumber(tag) % count
    end
end

function request()
    at = at + 1
    if at > count then
        at = 1
        turn()
    end
    return heads[at] .. tails
end

function done(summary, latency, requests)
    local errors = summary.errors
    local position = thread:get("at")
    io.write(string.format(
        "RESULT\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        latency.max, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
        position))
end
