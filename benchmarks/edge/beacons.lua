-- Send beacons, each of another story, so that each is a new one and the journal must hold it.
-- Arguments: host; the number of the first story. The last line printed is one JSON object, in which
-- `sent` counts the requests that were written and `requests` those that were answered.
local head, at, first = "", 0, 0
local KINDS = 4

function init(args)
  first = tonumber(args[2])
  at = first
  head = " HTTP/1.1\r\nHost: " .. args[1] .. "\r\nOrigin: http://" .. args[1] ..
    "\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0" ..
    "\r\nContent-Length: 0\r\n\r\n"
end

function request()
  at = at + 1
  return "POST /b?1." .. at .. "." .. (at % KINDS + 1) .. ".1.10.80" .. head
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '{"requests": %d, "us": %d, "p50": %d, "p99": %d, "errors": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
