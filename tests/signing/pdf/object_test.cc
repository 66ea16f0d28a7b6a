#include "signing/pdf/object.h"

#include <gtest/gtest.h>

namespace vanthu::signing::pdf {
namespace {

TEST(Object, AnswersByKind) {
  const Object dictionary(Dictionary{{"N", Object(3)}, {"S", Object(Name{"Page"})}});
  EXPECT_EQ(*dictionary["N"].AsInteger(), 3);
  EXPECT_DOUBLE_EQ(dictionary["N"].Number(), 3.0);
  EXPECT_TRUE(dictionary["S"].IsName("Page"));
  EXPECT_TRUE(dictionary["X"].IsNull());
  EXPECT_TRUE(dictionary["N"]["deeper"].IsNull());
  EXPECT_EQ(dictionary.AsArray(), nullptr);
}

}  // namespace
}  // namespace vanthu::signing::pdf
