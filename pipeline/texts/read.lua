-- Reads Markdown texts one after the other, each by itself, until standard input ends.
-- A request is a line "LENGTH MODE FORMAT" and LENGTH bytes; an answer is a line "STATUS LENGTH" and
-- LENGTH bytes. Modes: "plain" (the AST), "blocks" (a line with the lines of the top-level blocks,
-- then the AST), "positions" (the AST with the position of every node).
-- The lines of a block are "FIRST-LAST": where it begins, and the last line that is surely its own;
-- those of a definition list are given item by item, with commas.
local function read(text, format)
  return pandoc.read(text, format, {}, {}) -- an empty environment: no file, no network
end

-- A text may use the names of what carries positions: others of the same length stand in for them.
local function unlike(text)
  return (text:gsub("data%-pos", "data-own"):gsub("wrapper", "wrapped"))
end

local function position(element)
  return element.attributes and element.attributes["data-pos"] or ""
end

-- A table lists a range for its head and one for the whole: the smallest start is the block's.
local function first(element)
  local line
  for start in position(element):gmatch("(%d+):%d+%-") do
    line = math.min(line or math.huge, tonumber(start))
  end
  return line
end

local function last(element)
  local line, column = position(element):match("%-(%d+):(%d+)$")
  return line and tonumber(line) - (column == "1" and 1 or 0)
end

-- What a block is that is only wrapped in its position.
local function unwrapped(block)
  return block.t == "Div" and block.attributes.wrapper and block.content[1] or block
end

-- The last line on which something of some blocks is known to begin, or to end where something may
-- hold blank lines. Where a list ends is not known: it claims the first line of what follows.
local reach
local kinds = {
  Div = last, CodeBlock = last, RawBlock = last,
  BulletList = function(_, list) return reach(list.content) end,
  OrderedList = function(_, list) return reach(list.content) end,
  BlockQuote = function(_, quote) return reach({quote.content}) end,
  DefinitionList = function(_, list)
    local item = list.content[#list.content]
    return reach(item[2])
  end,
}

function reach(groups)
  for number = #groups, 1, -1 do
    local block = groups[number][#groups[number]]
    if block then
      local inner = unwrapped(block)
      return (kinds[inner.t] or first)(block, inner) or first(block)
    end
  end
end

-- The lines of each item of a definition list: a term, and what it means.
local function items(block, list)
  local found = {}
  for number, item in ipairs(list.content) do
    local begins = number == 1 and first(block) or first(item[1][1] or {}) or 0
    found[number] = string.format("%d-%d", begins, reach(item[2]) or begins)
  end
  return table.concat(found, ",")
end

local function lines(block)
  local inner = unwrapped(block)
  if inner.t == "DefinitionList" then
    return items(block, inner)
  end
  local begins = first(block) or 0
  return string.format("%d-%d", begins, reach({{block}}) or begins)
end

local modes = {}

function modes.plain(text, format)
  return pandoc.write(read(text, format), "json")
end

function modes.blocks(text, format)
  local positions = {}
  for _, block in ipairs(read(unlike(text), format .. "+sourcepos").blocks) do
    positions[#positions + 1] = lines(block)
  end
  return table.concat(positions, " ") .. "\n" .. pandoc.write(read(text, format), "json")
end

function modes.positions(text, format)
  return pandoc.write(read(text, format .. "+sourcepos"), "json")
end

while true do
  local head = io.read("l")
  if not head then break end
  local length, mode, format = head:match("^(%d+) (%a+) (%S+)$")
  local text = tonumber(length) > 0 and io.read(tonumber(length)) or ""
  local ok, answer = pcall(modes[mode], text, format)
  answer = tostring(answer)
  io.write(ok and "ok" or "failed", " ", #answer, "\n", answer)
  io.flush()
end
