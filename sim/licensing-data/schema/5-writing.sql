-- What people wrote, sent, signed and did.

CREATE TABLE event_history (
  id INT NOT NULL AUTO_INCREMENT,
  event_history_type VARCHAR(32) NOT NULL,
  user_id INT DEFAULT NULL,
  licence_id INT DEFAULT NULL,
  transport_manager_id INT DEFAULT NULL,
  event_datetime DATETIME NOT NULL,
  event_description VARCHAR(255) DEFAULT NULL,
  event_data VARCHAR(1024) DEFAULT NULL,
  entity_type VARCHAR(45) DEFAULT NULL,
  entity_pk INT DEFAULT NULL,
  PRIMARY KEY (id),
  KEY ix_event_history_datetime (event_datetime),
  CONSTRAINT fk_event_history_type FOREIGN KEY (event_history_type) REFERENCES ref_data (id),
  CONSTRAINT fk_event_history_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE SET NULL,
  CONSTRAINT fk_event_history_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE SET NULL,
  CONSTRAINT fk_event_history_tm FOREIGN KEY (transport_manager_id) REFERENCES transport_manager (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE document (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT DEFAULT NULL,
  identifier VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  filename VARCHAR(255) DEFAULT NULL,
  description VARCHAR(255) DEFAULT NULL,
  metadata JSON DEFAULT NULL,
  size INT UNSIGNED DEFAULT NULL,
  thumbnail BLOB DEFAULT NULL,
  issued_date DATETIME DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_document_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE note (
  id INT NOT NULL AUTO_INCREMENT,
  note_type ENUM('licence','case','tm') NOT NULL DEFAULT 'licence',
  licence_id INT DEFAULT NULL,
  case_id INT DEFAULT NULL,
  comment VARCHAR(4000) NOT NULL,
  priority BIT(1) NOT NULL DEFAULT b'0',
  flags SET('read','kept','urgent') DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_note_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE CASCADE,
  CONSTRAINT fk_note_case FOREIGN KEY (case_id) REFERENCES cases (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE messaging_conversation (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT NOT NULL,
  subject VARCHAR(255) NOT NULL,
  is_closed TINYINT(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT fk_messaging_conversation_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE messaging_content (
  id INT NOT NULL AUTO_INCREMENT,
  text LONGTEXT NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE messaging_message (
  id INT NOT NULL AUTO_INCREMENT,
  messaging_conversation_id INT NOT NULL,
  messaging_content_id INT NOT NULL,
  created_by INT DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_messaging_message_content (messaging_content_id),
  CONSTRAINT fk_messaging_message_conversation FOREIGN KEY (messaging_conversation_id) REFERENCES messaging_conversation (id) ON DELETE CASCADE,
  CONSTRAINT fk_messaging_message_content FOREIGN KEY (messaging_content_id) REFERENCES messaging_content (id),
  CONSTRAINT fk_messaging_message_user FOREIGN KEY (created_by) REFERENCES user (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE digital_signature (
  id INT NOT NULL AUTO_INCREMENT,
  application_id INT DEFAULT NULL,
  signature_type VARCHAR(32) NOT NULL,
  attributes JSON DEFAULT NULL,
  saml_response MEDIUMTEXT,
  signed_on DATETIME DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_digital_signature_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE SET NULL,
  CONSTRAINT fk_digital_signature_type FOREIGN KEY (signature_type) REFERENCES ref_data (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE retrieval_link (
  id INT NOT NULL AUTO_INCREMENT,
  document_id INT NOT NULL,
  token CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recipient_email VARCHAR(255) NOT NULL,
  expires_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_retrieval_link_token (token),
  CONSTRAINT fk_retrieval_link_document FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE queue (
  id INT NOT NULL AUTO_INCREMENT,
  type VARCHAR(32) NOT NULL,
  status ENUM('queued','processing','failed') NOT NULL DEFAULT 'queued',
  entity_id INT DEFAULT NULL,
  options TEXT,
  last_error VARCHAR(255) DEFAULT NULL,
  attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Of an import of years ago; it never got a key.
CREATE TABLE import_log (
  imported_at DATETIME NOT NULL,
  line TEXT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=latin1;
