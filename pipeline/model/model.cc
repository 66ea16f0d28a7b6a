// The model is headers alone; this file compiles each of them by itself.
#include "pipeline/model/finding.h"
#include "pipeline/model/geometry.h"
#include "pipeline/model/layout.h"
#include "pipeline/model/page.h"
#include "pipeline/model/raster.h"
#include "pipeline/model/record.h"
#include "pipeline/model/report.h"
#include "pipeline/model/table.h"
