#include <gtest/gtest.h>

#include <random>

#include "random_document.h"

namespace vanthu::templates {
namespace {

TEST(RandomDocuments, EndWithEveryLetterOrANamedError) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    std::mt19937 random(seed);
    std::string bytes(500 + random() % 6000, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % 251 + (random() % 400 == 0 ? 5 : 0));
    EXPECT_EQ(Faults(RandomDocument(bytes)), "") << "seed " << seed;
  }
}

}  // namespace
}  // namespace vanthu::templates
