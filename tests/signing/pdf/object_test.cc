#include "signing/pdf/object.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

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

TEST(Object, EqualsByWhatItHolds) {
  const auto make = [](int last) {
    return Object(Dictionary{{"A", Object(Array{Object(1), Object(String{"x"}), Object(Ref{last, 0})})}});
  };
  EXPECT_EQ(make(4), make(4));
  EXPECT_FALSE(make(4) == make(5));
  EXPECT_FALSE(Object(1) == Object(1.0));
  EXPECT_FALSE(Object(Name{"a"}) == Object(String{"a"}));
  EXPECT_FALSE(Object(Dictionary()) == Object(Array()));
  EXPECT_EQ(Object(), Object());
}

TEST(Object, StreamsAreEqualByDictionaryAndData) {
  const std::string one = "abc";
  const std::string two = "abc";
  const std::string three = "abd";
  const auto make = [](std::string_view data, int length) {
    Stream stream;
    stream.dictionary = std::make_shared<const Dictionary>(Dictionary{{"Length", Object(length)}});
    stream.data = data;
    return Object(stream);
  };
  EXPECT_EQ(make(one, 3), make(two, 3));
  EXPECT_FALSE(make(one, 3) == make(three, 3));
  EXPECT_FALSE(make(one, 3) == make(one, 4));
  EXPECT_FALSE(make(one, 3) == Object(Dictionary{{"Length", Object(3)}}));
}

TEST(Print, WritesEveryKind) {
  EXPECT_EQ(Print(Object()), "null");
  EXPECT_EQ(Print(Object(true)), "true");
  EXPECT_EQ(Print(Object(-7)), "-7");
  EXPECT_EQ(Print(Object(1.0)), "1.0");
  EXPECT_EQ(Print(Object(-0.1)), "-0.1");
  EXPECT_EQ(Print(Object(1e20)), "100000000000000000000.0");
  EXPECT_EQ(Print(Object(Name{"A b#/\xC3"})), "/A#20b#23#2F#C3");
  EXPECT_EQ(Print(Object(String{"a(b)\\"})), "(a\\(b\\)\\\\)");
  EXPECT_EQ(Print(Object(String{"\xFE\xFF\n"})), "<FEFF0A>");
  EXPECT_EQ(Print(Object(String{})), "()");
  EXPECT_EQ(Print(Object(Array{Object(1), Object(Ref{2, 3}), Object(Array{})})), "[1 2 3 R []]");
  EXPECT_EQ(Print(Object(Dictionary{{"B", Object(1)}, {"A", Object(Name{"x"})}})), "<</A /x/B 1>>");
}

TEST(Print, RefusesWhatCannotBeWritten) {
  EXPECT_THROW(Print(Object(std::numeric_limits<double>::infinity())), std::logic_error);
  EXPECT_THROW(Print(Object(std::numeric_limits<double>::quiet_NaN())), std::logic_error);
  EXPECT_THROW(Print(Object(Array{Object(Stream{})})), std::logic_error);
}

}  // namespace
}  // namespace vanthu::signing::pdf
