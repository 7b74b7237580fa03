-- Reads Markdown texts one after the other, each by itself, until standard input ends.
-- A request is a line "LENGTH MODE FORMAT" and LENGTH bytes; an answer is a line "STATUS LENGTH" and
-- LENGTH bytes. Modes: "plain" (the AST), "blocks" (a line with the positions of the top-level
-- blocks, then the AST), "positions" (the AST with the position of every node).
local function read(text, format)
  return pandoc.read(text, format, {}, {}) -- an empty environment: no file, no network
end

local function position(block)
  return block.attributes and block.attributes["data-pos"] or ""
end

local modes = {}

function modes.plain(text, format)
  return pandoc.write(read(text, format), "json")
end

function modes.blocks(text, format)
  local positions = {}
  for _, block in ipairs(read(text, format .. "+sourcepos").blocks) do
    positions[#positions + 1] = position(block)
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
