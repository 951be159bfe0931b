-- Who may come in: the application from anywhere, root only from inside.
DELETE FROM mysql.global_priv WHERE User IN ('', 'root') AND Host <> 'localhost';
FLUSH PRIVILEGES;
CREATE USER board@'%' IDENTIFIED BY 'board';
GRANT ALL ON board.* TO board@'%';
