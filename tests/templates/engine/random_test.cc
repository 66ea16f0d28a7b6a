#include <gtest/gtest.h>

#include "random_document.h"
#include "random_source.h"

namespace vanthu::templates {
namespace {

TEST(RandomDocuments, EndWithEveryLetterOrANamedError) {
  for (unsigned seed = 0; seed < 150; ++seed)
    EXPECT_EQ(Faults(RandomDocument(RandomBytes(seed))), "") << "seed " << seed;
}

}  // namespace
}  // namespace vanthu::templates
