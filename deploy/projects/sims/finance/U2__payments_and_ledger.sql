DELETE FROM django_migrations WHERE app = 'finance' AND name = '0002_payment_ledgerentry';
SELECT django_forget_models('finance', 'payment', 'ledgerentry');
DROP TABLE finance_ledgerentry, finance_payment;
