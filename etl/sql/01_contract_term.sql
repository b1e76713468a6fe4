-- 工资、能级合同 that take effect, with their time in force. 2100-01-01 stands for an open end.
-- 生效日留空按报送后第15日(浙江省集体合同条例2010 第34条)。
SELECT
  contract_id, contract_no, scope, topic, town, uscc, from_on, ends_on, terminated_on, to_on, file, sheet, row_no
FROM (
  SELECT
    contract_id, contract_no, scope, topic, town, uscc, ends_on, terminated_on, file, sheet, row_no,
    COALESCE(effective_on, filed_on + 15) AS from_on,
    LEAST(COALESCE(ends_on, DATE '2100-01-01'), COALESCE(terminated_on, DATE '2100-01-01')) AS to_on
  FROM src_contract
  WHERE topic IN ('wage', 'nengji')
) AS dated
WHERE from_on < to_on
