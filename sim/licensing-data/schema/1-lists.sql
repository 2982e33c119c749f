-- Codes of the application, and people who belong to the authority.

CREATE TABLE ref_data (
  id VARCHAR(32) NOT NULL,
  description VARCHAR(512) DEFAULT NULL,
  ref_data_category VARCHAR(32) NOT NULL,
  parent_id VARCHAR(32) DEFAULT NULL,
  display_order SMALLINT UNSIGNED DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_ref_data_parent FOREIGN KEY (parent_id) REFERENCES ref_data (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE country (
  id CHAR(2) NOT NULL,
  description VARCHAR(100) NOT NULL,
  is_member_state TINYINT(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=latin1;

CREATE TABLE traffic_area (
  id CHAR(1) NOT NULL,
  name VARCHAR(70) NOT NULL,
  contact_details_id INT DEFAULT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE team (
  id INT NOT NULL AUTO_INCREMENT,
  name VARCHAR(70) NOT NULL,
  description VARCHAR(255) DEFAULT NULL,
  traffic_area_id CHAR(1) DEFAULT NULL,
  version SMALLINT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  CONSTRAINT fk_team_traffic_area FOREIGN KEY (traffic_area_id) REFERENCES traffic_area (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE presiding_tc (
  id INT NOT NULL AUTO_INCREMENT,
  name VARCHAR(70) NOT NULL,
  user_id INT DEFAULT NULL,
  deleted_date DATETIME DEFAULT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE local_authority (
  id INT NOT NULL AUTO_INCREMENT,
  description VARCHAR(255) NOT NULL,
  email_address VARCHAR(45) DEFAULT NULL,
  traffic_area_id CHAR(1) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_local_authority_traffic_area FOREIGN KEY (traffic_area_id) REFERENCES traffic_area (id)
) ENGINE=InnoDB DEFAULT CHARSET=latin1;

CREATE TABLE enforcement_area (
  id VARCHAR(4) NOT NULL,
  name VARCHAR(70) NOT NULL,
  email_address VARCHAR(60) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE recipient (
  id INT NOT NULL AUTO_INCREMENT,
  contact_name VARCHAR(100) NOT NULL,
  email_address VARCHAR(255) NOT NULL,
  is_police TINYINT(1) NOT NULL DEFAULT 0,
  version SMALLINT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY uk_recipient_email_address (email_address)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE system_parameter (
  id VARCHAR(32) NOT NULL,
  param_value VARCHAR(1024) DEFAULT NULL,
  description VARCHAR(255) DEFAULT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `printer list` (
  `the printer` VARCHAR(45) NOT NULL,
  `who asked for it` VARCHAR(100) DEFAULT NULL,
  `☎` TINYINT(1) NOT NULL DEFAULT 1,
  PRIMARY KEY (`the printer`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
