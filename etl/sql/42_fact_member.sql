-- 会员变动. 转入 is no new member; 净增 leaves the opening stock out.
SELECT
  m.event_on AS day, u.town, m.member_group,
  CASE WHEN m.event IN ('transfer_out', 'leave') THEN -m.persons ELSE m.persons END AS balance,
  CASE
    WHEN m.event = 'opening' THEN 0 WHEN m.event IN ('transfer_out', 'leave') THEN -m.persons ELSE m.persons
  END AS net,
  CASE WHEN m.event = 'join' THEN m.persons ELSE 0 END AS joined,
  CASE WHEN m.event = 'join' AND m.member_group = 'nef' THEN m.persons ELSE 0 END AS nef_joined,
  u.union_id, u.name, m.event, m.file, m.sheet, m.row_no
FROM src_member_event AS m
INNER JOIN src_union AS u ON u.union_id = m.union_id
ORDER BY m.event_on, u.town, u.union_id, m.event, m.member_group
