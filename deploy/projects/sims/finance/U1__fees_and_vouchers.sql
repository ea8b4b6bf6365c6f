DELETE FROM django_migrations WHERE app = 'finance' AND name = '0001_initial';
SELECT django_forget_models('finance', 'feetype', 'voucher', 'voucheritem');
DROP TABLE finance_voucheritem, finance_voucher, finance_feetype;
