// The tables of index.sqlite and how an older store becomes a newer one.
#pragma once

#include "pipeline/archive/database.h"

namespace vanthu::archive {

// The schema this program writes; stands in the file as PRAGMA user_version.
int SchemaVersion();

// Creates the tables, or brings an older store up to date, in one transaction. kNotAccepted: the file is
// another program's database, or a newer Vanthu's.
Status MigrateSchema(Database& database, const std::filesystem::path& path);

// For readers, who may not migrate: kNotAccepted unless the store has exactly this program's schema.
Status CheckSchema(Database& database, const std::filesystem::path& path);

}  // namespace vanthu::archive
