-- 目标 as sent: annual value and the share of it planned by each month's end, in percent.
SELECT
  indicator, district, target_year AS year, annual, plan_01, plan_02, plan_03, plan_04, plan_05, plan_06,
  plan_07, plan_08, plan_09, plan_10, plan_11, plan_12, document
FROM src_target
ORDER BY indicator, district, target_year
