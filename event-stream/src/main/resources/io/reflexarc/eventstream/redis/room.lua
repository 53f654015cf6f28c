-- How many entries after a position may be read at once, so that their bodies stay below a bound: at least one.
-- ARGV: inbox, position, most entries, most bytes
local call, key, after = redis.call, KEYS[1] .. 'inbox:' .. ARGV[1], '(' .. ARGV[2]
local mostEntries, mostBytes = tonumber(ARGV[3]), tonumber(ARGV[4])
local function read(entry)
  local size, sum = 0, 0
  for n = 1, #entry[2], 2 do
    if entry[2][n] == 'b' then size = #entry[2][n + 1] + 128 end
    if entry[2][n] == 'c' then sum = tonumber(entry[2][n + 1]) end
  end
  return size, sum
end
-- Every entry knows the bytes up to itself: mostly the first one tells that all of them fit.
local first = call('XRANGE', key, after, '+', 'COUNT', 1)[1]
if not first then return mostEntries end
local size, sum = read(first)
if tonumber(call('HGET', KEYS[1] .. 'meta:' .. ARGV[1], 'bytes') or 0) - sum + size <= mostBytes then return mostEntries end
local entries, bytes = 0, 0
while true do
  local page = call('XRANGE', key, after, '+', 'COUNT', 16)
  for _, entry in ipairs(page) do
    bytes = bytes + read(entry)
    if entries > 0 and bytes > mostBytes then return entries end
    entries = entries + 1
    if entries == mostEntries then return entries end
  end
  if #page < 16 then return math.max(entries, 1) end
  after = '(' .. page[#page][1]
end
