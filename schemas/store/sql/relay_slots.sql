-- Which slots there are: shard s belongs to the slot at place s modulo their number.
select slot from relay_slot order by slot
