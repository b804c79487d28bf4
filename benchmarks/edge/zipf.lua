-- Ask for pages in Zipf's order: page n is asked for 1/n as often as the first.
-- Arguments: host; number of pages, or a file with an address a line; milliseconds to wait before
-- each request. The last line printed is one JSON object.
local requests, at, pause = {}, 0, 0

local function addresses(wanted)
  local found = {}
  if tonumber(wanted) then
    for n = 1, tonumber(wanted) do found[n] = "/story-" .. (n - 1) end
  else
    for line in io.lines(wanted) do found[#found + 1] = line end
  end
  return found
end

function init(args)
  local paths = addresses(args[2])
  pause = tonumber(args[3])
  math.randomseed(7)
  local sums, sum = {}, 0
  for n = 1, #paths do
    sum = sum + 1 / n
    sums[n] = sum
  end
  for i = 1, 20000 do
    local draw, n = math.random() * sum, 1
    while sums[n] < draw do n = n + 1 end
    requests[i] = wrk.format("GET", paths[n],
      { ["Host"] = args[1], ["Accept-Encoding"] = "gzip" })
  end
  if pause > 0 then
    delay = function() return pause end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '{"requests": %d, "us": %d, "p50": %d, "p99": %d, "errors": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
