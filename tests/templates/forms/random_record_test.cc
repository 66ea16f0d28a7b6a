#include "random_record.h"

#include <gtest/gtest.h>

#include "parts.h"
#include "templates/forms/build.h"
#include "templates/forms/catalogue.h"
#include "tests/templates/engine/random_source.h"

namespace vanthu::templates {
namespace {

TEST(RandomRecords, BecomeDocumentsWithEveryLetterOrANamedError) {
  const auto entries = ListForms(FormsFolder());
  ASSERT_TRUE(entries.has_value());
  ASSERT_GE(entries->size(), 10u);
  int set = 0;
  for (const FormEntry& entry : *entries) {
    const Result<Form> form = ReadForm(entry.file, FormsFolder());
    ASSERT_TRUE(form.has_value()) << entry.id;
    for (unsigned seed = 0; seed < 12; ++seed) {
      const Record record = RandomRecord(RandomBytes(seed));
      EXPECT_EQ(FaultsOfForm(*form, record, Rules()), "") << entry.id << ", seed " << seed;
      set += BuildDocument(*form, record, {&Rules()}).has_value() ? 1 : 0;
    }
  }
  EXPECT_GT(set, 60);  // most are set, not refused
}

}  // namespace
}  // namespace vanthu::templates
