-- Takes the events of one request: all of them or none.
-- ARGV: incarnation, stream, dedupe ms, inbox entries, inbox bytes, history entries, history bytes, how many times as much
--       of both while it is not archived, number of events,
--       then for each event: id, stamp, body, the owner's epoch, number of dedupe keys, keys
-- Answers id, 0 (new) or 1 (repeat) for each event.
local prefix, stream = KEYS[1], ARGV[2]
if redis.call('GET', prefix .. 'incarnation') ~= ARGV[1] then
  return redis.error_reply('LOGLOST the log has another incarnation')
end

local overhead = 128
local function text(number) return string.format('%.0f', number) end

-- 1. Which events are new? A repeat may stand in the same request.
local events, fresh, bytes, here = {}, 0, 0, {}
local at = 10
for n = 1, tonumber(ARGV[9]) do
  local event = { id = ARGV[at], stamp = ARGV[at + 1], body = ARGV[at + 2], epoch = ARGV[at + 3],
    keys = {}, first = false }
  local count = tonumber(ARGV[at + 4])
  for k = 1, count do
    local key = prefix .. 'dedupe:' .. stream .. ':' .. ARGV[at + 4 + k]
    event.keys[k] = key
    here[key] = here[key] or redis.call('GET', key) or nil
    event.first = event.first or here[key]
  end
  at = at + 5 + count
  for _, key in ipairs(event.keys) do here[key] = here[key] or event.first or event.id end
  if not event.first then
    fresh = fresh + 1
    bytes = bytes + #event.body + overhead
  end
  events[n] = event
end

-- 2. Is there room in every bound inbox? Nothing has been written so far.
local inboxes = {}
if fresh > 0 then
  for n, name in ipairs(redis.call('SMEMBERS', prefix .. 'bindings:' .. stream)) do
    local meta = redis.call('HMGET', prefix .. 'meta:' .. name, 'entries', 'bytes', 'base')
    local inbox = { key = prefix .. 'inbox:' .. name, meta = prefix .. 'meta:' .. name,
      entries = tonumber(meta[1] or 0), bytes = tonumber(meta[2] or 0) }
    if redis.call('XLEN', inbox.key) + fresh > tonumber(ARGV[4])
        or inbox.bytes - tonumber(meta[3] or 0) + bytes > tonumber(ARGV[5]) then
      return redis.error_reply('LOGFULL ' .. name)
    end
    inboxes[n] = inbox
  end
end

-- 3. Write: inboxes, history, index, dedupe keys.
local history, index = prefix .. 'history:' .. stream, prefix .. 'index'
local kept = prefix .. 'kept:' .. stream
local held = redis.call('HMGET', kept, 'bytes', 'base', 'archived', 'waits')
local total, base = tonumber(held[1] or 0), tonumber(held[2] or 0)
local answer = {}
for _, event in ipairs(events) do
  if not event.first then
    local size = #event.body + overhead
    for _, inbox in ipairs(inboxes) do
      inbox.entries = inbox.entries + 1
      inbox.bytes = inbox.bytes + size
      redis.call('XADD', inbox.key, '*', 'k', 'event', 't', event.stamp, 'i', event.id, 's', stream, 'b', event.body,
        'n', text(inbox.entries), 'c', text(inbox.bytes), 'e', event.epoch)
    end
    total = total + size
    local position = redis.call('XADD', history, '*', 'i', event.id, 't', event.stamp, 'b', event.body)
    redis.call('HSET', index, event.id, stream .. ' ' .. position)
  end
  for _, key in ipairs(event.keys) do
    redis.call('SET', key, here[key], 'PX', ARGV[3])
  end
  answer[#answer + 1] = event.first or event.id
  answer[#answer + 1] = event.first and 1 or 0
end
for _, inbox in ipairs(inboxes) do
  redis.call('HSET', inbox.meta, 'entries', text(inbox.entries), 'bytes', text(inbox.bytes))
end

-- 4. History drops its oldest, sixteen at a time, together with their index: what is archived beyond the bound, the rest
--    beyond a wider one, where anybody archives it. That the oldest is not archived is noted, so that it is not read again for each event.
local length, dropped, lost = redis.call('XLEN', history), 0, 0
local wider, archived = held[3] and tonumber(ARGV[8]) or 1, held[3] or '0-0'
local function place(id)
  local major, minor = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(major), tonumber(minor)
end
local archivedMajor, archivedMinor = place(archived)
local function over(times)
  return length > times * tonumber(ARGV[6]) or (total - base > times * tonumber(ARGV[7]) and length > 1)
end
while over(1) and (wider == 1 or held[4] ~= archived or over(wider)) do
  local oldest = redis.call('XRANGE', history, '-', '+', 'COUNT', math.min(16, length - 1))
  if #oldest == 0 then break end
  local major, minor = place(oldest[#oldest][1])
  if wider > 1 and (major > archivedMajor or (major == archivedMajor and minor > archivedMinor)) then
    if not over(wider) then
      redis.call('HSET', kept, 'waits', archived)
      break
    end
    lost = lost + #oldest
  end
  for _, entry in ipairs(oldest) do
    local id = entry[2][2]
    if redis.call('HGET', index, id) == stream .. ' ' .. entry[1] then redis.call('HDEL', index, id) end
    base = base + #entry[2][6] + overhead
  end
  length = length - #oldest
  dropped = dropped + #oldest
  redis.call('XTRIM', history, 'MAXLEN', text(length))
end
if fresh > 0 then redis.call('HSET', kept, 'bytes', text(total), 'base', text(base)) end
if dropped > 0 then redis.call('HINCRBY', kept, 'dropped', dropped) end
if lost > 0 then redis.call('HINCRBY', kept, 'lost', lost) end
return answer
