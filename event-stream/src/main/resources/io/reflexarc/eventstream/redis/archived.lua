-- Up to a position a stream is archived: what exceeds the bound may go, a part of it at a time.
-- ARGV: stream, position, history entries, history bytes, how many may go now
-- Answers how many went.
local prefix, stream = KEYS[1], ARGV[1]
local history, kept, index = prefix .. 'history:' .. stream, prefix .. 'kept:' .. stream, prefix .. 'index'
redis.call('HSET', kept, 'archived', ARGV[2])
redis.call('HDEL', kept, 'waits')
local function place(id)
  local major, minor = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(major), tonumber(minor)
end
local archivedMajor, archivedMinor = place(ARGV[2])
local held = redis.call('HMGET', kept, 'bytes', 'base')
local total, base = tonumber(held[1] or 0), tonumber(held[2] or 0)
local length, dropped = redis.call('XLEN', history), 0
while (length > tonumber(ARGV[3]) or (total - base > tonumber(ARGV[4]) and length > 1)) and dropped < tonumber(ARGV[5]) do
  local oldest = redis.call('XRANGE', history, '-', '+', 'COUNT', math.min(16, length - 1))
  if #oldest == 0 then break end
  local major, minor = place(oldest[#oldest][1])
  if major > archivedMajor or (major == archivedMajor and minor > archivedMinor) then break end
  local ids, gone = {}, {}
  for n, entry in ipairs(oldest) do
    ids[n] = entry[2][2]
    base = base + #entry[2][6] + 128
  end
  for n, at in ipairs(redis.call('HMGET', index, unpack(ids))) do
    if at == stream .. ' ' .. oldest[n][1] then gone[#gone + 1] = ids[n] end
  end
  if #gone > 0 then redis.call('HDEL', index, unpack(gone)) end
  length = length - #oldest
  dropped = dropped + #oldest
  redis.call('XTRIM', history, 'MAXLEN', string.format('%.0f', length))
end
if dropped > 0 then
  redis.call('HSET', kept, 'base', string.format('%.0f', base))
  redis.call('HINCRBY', kept, 'dropped', dropped)
end
return dropped
