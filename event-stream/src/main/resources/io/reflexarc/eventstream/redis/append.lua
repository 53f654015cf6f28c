-- Takes the events of many requests, one after the other: of each request all of them or none.
-- ARGV: incarnation, dedupe ms, inbox entries, inbox bytes, history entries, history bytes, how many times as much of both
--       while it is not archived, number of requests,
--       then for each request: stream, number of events,
--       then for each event: id, stamp, body, the owner's epoch, number of dedupe keys, keys
-- Answers for each request: 0 when all of it was new; else a list of the first event's id for each event, '' for a new one; or
--       a text that says why nothing of it was taken.
local call, prefix = redis.call, KEYS[1]
if call('GET', prefix .. 'incarnation') ~= ARGV[1] then
  return redis.error_reply('LOGLOST the log has another incarnation')
end

local overhead, step = 128, 16
local dedupe, mostEntries, mostBytes = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local keepEntries, keepBytes, unarchived = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local index = prefix .. 'index'
local function text(number) return string.format('%d', number) end

-- 1. What is known of inboxes and streams is read once, and written once at the end.
local inboxes, streams = {}, {}
local function inboxNamed(name)
  if not inboxes[name] then
    local key, meta = prefix .. 'inbox:' .. name, prefix .. 'meta:' .. name
    local known = call('HMGET', meta, 'entries', 'bytes', 'base')
    inboxes[name] = { name = name, key = key, meta = meta, length = call('XLEN', key), changed = false,
      entries = tonumber(known[1] or 0), bytes = tonumber(known[2] or 0), base = tonumber(known[3] or 0) }
  end
  return inboxes[name]
end
local function streamNamed(name)
  if not streams[name] then
    local bound = call('SMEMBERS', prefix .. 'bindings:' .. name)
    for n = 1, #bound do bound[n] = inboxNamed(bound[n]) end
    local kept = prefix .. 'kept:' .. name
    local held = call('HMGET', kept, 'bytes', 'base', 'archived', 'waits')
    streams[name] = { name = name, history = prefix .. 'history:' .. name, kept = kept, inboxes = bound, fresh = 0,
      bytes = tonumber(held[1] or 0), base = tonumber(held[2] or 0), archived = held[3], waits = held[4], places = {} }
  end
  return streams[name]
end

-- 2. Which events of a request are new? A repeat may stand in the same request. Most have no keys: they cost no table.
local function examine(stream, at, count)
  local request = { at = at, count = count, fresh = 0, bytes = 0 }
  for n = 1, count do
    local id, size, keys = ARGV[at], #ARGV[at + 2] + overhead, tonumber(ARGV[at + 4])
    local first
    if keys > 0 then
      request.keys, request.firsts = request.keys or {}, request.firsts or {}
      local known = request.keys
      for k = at + 5, at + 4 + keys do
        local key = prefix .. 'dedupe:' .. stream.name .. ':' .. ARGV[k]
        known[key] = known[key] or call('GET', key) or nil
        first = first or known[key]
      end
      for k = at + 5, at + 4 + keys do
        local key = prefix .. 'dedupe:' .. stream.name .. ':' .. ARGV[k]
        known[key] = known[key] or first or id
      end
      request.firsts[n] = first
    end
    if not first then
      request.fresh = request.fresh + 1
      request.bytes = request.bytes + size
    end
    at = at + 5 + keys
  end
  return request, at
end

-- 3. Is there room in every bound inbox? Answers the name of one that is full.
local function full(stream, request)
  if request.fresh == 0 then return nil end
  for _, inbox in ipairs(stream.inboxes) do
    if inbox.length + request.fresh > mostEntries or inbox.bytes - inbox.base + request.bytes > mostBytes then
      return inbox.name
    end
  end
end

-- 4. Write: inboxes, history, dedupe keys.
local function add(stream, id, stamp, body, epoch)
  local size = #body + overhead
  for _, inbox in ipairs(stream.inboxes) do
    inbox.entries = inbox.entries + 1
    inbox.bytes = inbox.bytes + size
    inbox.length = inbox.length + 1
    inbox.changed = true
    call('XADD', inbox.key, '*', 'k', 'event', 't', stamp, 'i', id, 's', stream.name, 'b', body,
      'n', text(inbox.entries), 'c', text(inbox.bytes), 'e', epoch)
  end
  stream.bytes = stream.bytes + size
  stream.fresh = stream.fresh + 1
  local places = stream.places
  places[#places + 1] = id
  places[#places + 1] = stream.name .. ' ' .. call('XADD', stream.history, '*', 'i', id, 't', stamp, 'b', body)
end
local function write(stream, request)
  local at = request.at
  for n = 1, request.count do
    local keys = tonumber(ARGV[at + 4])
    if not (request.firsts and request.firsts[n]) then
      add(stream, ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3])
    end
    for k = at + 5, at + 4 + keys do
      local key = prefix .. 'dedupe:' .. stream.name .. ':' .. ARGV[k]
      call('SET', key, request.keys[key], 'PX', dedupe)
    end
    at = at + 5 + keys
  end
end

local function take(stream, request)
  local no = full(stream, request)
  if no then return 'LOGFULL ' .. no end
  write(stream, request)
  if request.fresh == request.count then return 0 end
  local firsts = {}
  for n = 1, request.count do firsts[n] = request.firsts[n] or '' end
  return firsts
end

local answer, at = {}, 9
for n = 1, tonumber(ARGV[8]) do
  local stream, request = streamNamed(ARGV[at]), nil
  request, at = examine(stream, at + 2, tonumber(ARGV[at + 1]))
  answer[n] = take(stream, request)
end

-- 5. History drops its oldest, sixteen at a time, together with their index: what is archived beyond the bound, the rest
--    beyond a wider one, where anybody archives it. That the oldest is not archived is noted, so that it is not read again
--    for each group. A group drops some more than it brings and no more: nobody shall wait for thousands.
local function place(id)
  local major, minor = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(major), tonumber(minor)
end
local function forget(stream, entries)
  local ids, gone = {}, {}
  for n, entry in ipairs(entries) do
    ids[n] = entry[2][2]
    stream.base = stream.base + #entry[2][6] + overhead
  end
  for n, at in ipairs(call('HMGET', index, unpack(ids))) do
    if at == stream.name .. ' ' .. entries[n][1] then gone[#gone + 1] = ids[n] end
  end
  if #gone > 0 then call('HDEL', index, unpack(gone)) end
end
local function bound(stream)
  local length, dropped, lost = call('XLEN', stream.history), 0, 0
  local wider, archived = stream.archived and unarchived or 1, stream.archived or '0-0'
  local most = 2 * stream.fresh + 4 * step
  local archivedMajor, archivedMinor = place(archived)
  local function over(times)
    return length > times * keepEntries or (stream.bytes - stream.base > times * keepBytes and length > 1)
  end
  while over(1) and dropped < most and (wider == 1 or stream.waits ~= archived or over(wider)) do
    local oldest = call('XRANGE', stream.history, '-', '+', 'COUNT', math.min(step, length - 1))
    if #oldest == 0 then break end
    local major, minor = place(oldest[#oldest][1])
    if wider > 1 and (major > archivedMajor or (major == archivedMajor and minor > archivedMinor)) then
      if not over(wider) then
        call('HSET', stream.kept, 'waits', archived)
        break
      end
      lost = lost + #oldest
    end
    forget(stream, oldest)
    length = length - #oldest
    dropped = dropped + #oldest
    call('XTRIM', stream.history, 'MAXLEN', text(length))
  end
  if dropped > 0 then call('HINCRBY', stream.kept, 'dropped', dropped) end
  if lost > 0 then call('HINCRBY', stream.kept, 'lost', lost) end
end

for _, inbox in pairs(inboxes) do
  if inbox.changed then call('HSET', inbox.meta, 'entries', text(inbox.entries), 'bytes', text(inbox.bytes)) end
end
for _, stream in pairs(streams) do
  if stream.fresh > 0 then
    for from = 1, #stream.places, 512 do
      call('HSET', index, unpack(stream.places, from, math.min(from + 511, #stream.places)))
    end
    bound(stream)
    call('HSET', stream.kept, 'bytes', text(stream.bytes), 'base', text(stream.base))
  end
end
return answer
