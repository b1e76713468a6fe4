-- 协商漏斗: one row per stage that a bargaining has reached by the data date, on the day of its 要约.
SELECT
  s.offered_on AS day, s.town, s.stage, s.scope, CAST(1 AS BIGINT) AS reached,
  s.contract_id, s.contract_no, s.reached_on, s.file, s.sheet, s.row_no
FROM (
  SELECT contract_id, contract_no, town, scope, topic, offered_on, 'offer' AS stage, offered_on AS reached_on,
    file, sheet, row_no
  FROM src_contract
  UNION ALL
  SELECT contract_id, contract_no, town, scope, topic, offered_on, 'reply' AS stage, replied_on AS reached_on,
    file, sheet, row_no
  FROM src_contract
  UNION ALL
  SELECT contract_id, contract_no, town, scope, topic, offered_on, 'draft' AS stage, drafted_on AS reached_on,
    file, sheet, row_no
  FROM src_contract
  UNION ALL
  SELECT contract_id, contract_no, town, scope, topic, offered_on, 'congress' AS stage, congress_on AS reached_on,
    file, sheet, row_no
  FROM src_contract
  UNION ALL
  SELECT contract_id, contract_no, town, scope, topic, offered_on, 'sign' AS stage, signed_on AS reached_on,
    file, sheet, row_no
  FROM src_contract
  UNION ALL
  SELECT contract_id, contract_no, town, scope, topic, offered_on, 'filing' AS stage, filed_on AS reached_on,
    file, sheet, row_no
  FROM src_contract
  UNION ALL
  SELECT contract_id, contract_no, town, scope, topic, offered_on, 'effective' AS stage,
    COALESCE(effective_on, filed_on + 15) AS reached_on, file, sheet, row_no
  FROM src_contract
) AS s
INNER JOIN clock AS k ON s.stage = 'offer' OR s.reached_on <= k.data_date
WHERE s.topic IN ('wage', 'nengji')
ORDER BY s.offered_on, s.town, s.contract_id, s.reached_on, s.stage
